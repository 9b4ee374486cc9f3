"""The sample register: an invented national register that goes in through the same importer as a real one."""

from registry.demo.loading import load_demo

__all__ = ["load_demo"]
