extension Int {
  /// The product of these numbers, none of them negative; `Int.max` if it is larger than an `Int` holds.
  ///
  /// For sizes and costs that follow from untrusted numbers: they are refused later because of their size, and must not
  /// overflow before.
  package static func limitedProduct(_ factors: some Sequence<Int>) -> Int {
    var product = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      product = overflow ? .max : next
    }
    return product
  }

  /// The product of these numbers, as for a sequence.
  package static func limitedProduct(_ factors: Int...) -> Int { limitedProduct(factors) }

  /// The sum of these numbers, none of them negative; `Int.max` if it is larger than an `Int` holds.
  package static func limitedSum(_ terms: some Sequence<Int>) -> Int {
    terms.reduce(0) { sum, term in
      let (next, overflow) = sum.addingReportingOverflow(term)
      return overflow ? .max : next
    }
  }
}
