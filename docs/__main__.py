"""Write everything anew: ``python -m docs``."""

from docs import files

if __name__ == "__main__":
    for path, text in files.made().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(files.ROOT))
