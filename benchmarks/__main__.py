"""All benchmarks, one after another: `rusoff benchmark`."""

from benchmarks import beside, documents, pdf, public, review, wizard

documents.run()
pdf.run()
wizard.run()
review.run()
public.run()
beside.run()
