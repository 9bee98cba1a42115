"""All benchmarks, one after another: `rusoff benchmark`."""

from benchmarks import documents, wizard

documents.run()
wizard.run()
