"""One function per question a person asks: queries + analysis -> a frozen answer. Used alike by pages and command line."""
