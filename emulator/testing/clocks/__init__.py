"""One time for test, app and sandbox: the test's clock, and the libraries that freeze a process."""
