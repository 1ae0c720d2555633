"""What agencies changed because of what people told them, for everybody to read, beside figures that name nobody."""
