/// A sentence that an experiment judges: a claim of a paper, or one of ours beside it.
///
/// The claims of the papers are ``all``; nothing in the list says whether they hold. That is computed from results
/// (``JudgedClaim``).
package struct Claim: Hashable, Sendable {
  /// The place in a paper that makes the claim; `nil` if no paper does.
  package let exhibit: Exhibit?
  /// The claim.
  package let statement: String

  /// A claim of the paper at `exhibit`.
  package init(_ exhibit: Exhibit?, _ statement: String) {
    self.exhibit = exhibit
    self.statement = statement
  }

  /// A claim that no paper makes.
  package init(ours statement: String) {
    self.init(nil, statement)
  }
}
