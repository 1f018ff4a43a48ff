"""Lists as files: every list whole, in every format, by a suffix or `format=`."""
