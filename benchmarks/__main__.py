"""All benchmarks, one after another: `rusoff benchmark`."""

from benchmarks import documents, pdf, wizard

documents.run()
pdf.run()
wizard.run()
