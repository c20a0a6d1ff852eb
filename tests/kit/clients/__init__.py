"""Client libraries that others wrote: the way from them to the emulator, and what they are made to send."""
