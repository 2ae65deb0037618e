"""What is made of the code for readers: man page, completions, tables in the documents.

Run it with ``make docs``. A test holds that what lies in the tree is what comes from here;
none of it is in the wheel but what it wrote.
"""
