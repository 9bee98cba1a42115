"""All benchmarks, one after another: `rusoff benchmark`."""

from benchmarks import documents, pdf, public, review, wizard

documents.run()
pdf.run()
wizard.run()
review.run()
public.run()
