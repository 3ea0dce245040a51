// Shims for host calls that Swift cannot import (variadic or macro).
