#!/bin/sh
# Makes the certificates of the TLS tests, with OpenSSL 3; the keys guard nothing.
# authority.pem signs the others and is what a test trusts; each NAME.pem holds a
# certificate and its key.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/ca.cnf" <<CNF
[ca]
default_ca = tests
[tests]
database = $work/index.txt
new_certs_dir = $work
serial = $work/serial
default_md = sha256
policy = any
copy_extensions = copy
x509_extensions = leaf
unique_subject = no
[any]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
: > "$work/index.txt"
echo 01 > "$work/serial"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

key "$work/authority.key"
openssl req -x509 -new -key "$work/authority.key" -days 36500 -sha256 \
    -addext keyUsage=critical,keyCertSign -subj "/CN=autotui tests" -out authority.pem

# NAME, subjectAltName, first and last day of validity
signed() {
    key "$work/$1.key"
    openssl req -new -key "$work/$1.key" -subj "/CN=$1" -addext "subjectAltName=$2" \
        -out "$work/$1.csr"
    openssl ca -batch -notext -config "$work/ca.cnf" -cert authority.pem \
        -keyfile "$work/authority.key" -startdate "$3" -enddate "$4" \
        -in "$work/$1.csr" -out "$work/$1.crt" 2> /dev/null
    cat "$work/$1.crt" "$work/$1.key" > "$1.pem"
}

here=DNS:localhost,IP:127.0.0.1
signed good "$here" 20200101000000Z 21200101000000Z
signed expired "$here" 20200101000000Z 20200201000000Z
signed early "$here" 21190101000000Z 21200101000000Z
signed elsewhere DNS:other.example 20200101000000Z 21200101000000Z

key "$work/self.key"
openssl req -x509 -new -key "$work/self.key" -days 36500 -sha256 -subj "/CN=self" \
    -addext "subjectAltName=$here" -out "$work/self.crt"
cat "$work/self.crt" "$work/self.key" > self.pem
