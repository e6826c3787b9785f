/// The JSON that `tokenize` prints for a line of text.
package struct TokenizeJSON: Encodable {
  let tokens: [String]
  let ids: [Int]
  let types: [Int]

  /// The pieces of the line, their identifiers, and which of two sentences each belongs to.
  package init(tokens: [String], ids: [Int], types: [Int]) {
    (self.tokens, self.ids, self.types) = (tokens, ids, types)
  }
}
