"""The accuracy gate and the speed benchmark; not part of the package."""
