"""What tests share, one of each, a module a noun; the fixtures that hand it out are in ``conftest.py``."""
