"""The languages we speak: their names, dates and numbers, their catalogues, and honest fallbacks."""
