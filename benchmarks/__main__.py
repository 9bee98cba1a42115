"""All benchmarks, one after another: `rusoff benchmark`."""

from benchmarks import documents, pdf, review, wizard

documents.run()
pdf.run()
wizard.run()
review.run()
