"""Scripts that make the data files shipped with the package; nothing at run time imports them."""
