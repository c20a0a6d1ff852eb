"""What ``make seeds`` has made of the seeds that come with the emulator: a start need not read them."""
