"""Arrays in, arrays out: compiled functions without clock, input, output or hidden state."""
