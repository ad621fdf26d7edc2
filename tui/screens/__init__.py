"""The screens: each holds its state, asks the gateway, and hands data down to widgets."""
