"""What a test reads and changes of its sandbox: the members of ``whatsapp`` that are objects of their own."""
