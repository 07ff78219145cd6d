"""HTTP door: what the machine's own monitoring asks, and later what people follow."""
