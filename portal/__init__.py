"""The portal: one place where a person sees, fixes, and shares what agencies hold about them."""
