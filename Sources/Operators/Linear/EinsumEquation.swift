import EspalierFiles
import EspalierTensors

/// The equation of an Einstein summation: the index of each axis of the operands and of the output.
package struct EinsumEquation: Hashable, Sendable {
  /// For each operand, the index of each of its axes. Axes represented by an ellipsis have letters of their own.
  package let operands: [[Character]]
  /// The index of each axis of the output.
  package let output: [Character]
  /// The size of each index.
  package let sizes: [Character: Int]

  /// Reads the attribute `equation` of a node, whose inputs are the operands.
  ///
  /// - Throws: `EspalierError` if the equation is malformed or does not fit the operands.
  init(_ call: Invocation) throws(EspalierError) {
    let text = try call.string("equation", default: "").filter { $0 != " " }
    func fail(_ fault: String) -> EspalierError { call.error("\(fault) in the equation \"\(text)\"") }

    let sides = text.split(separator: "->", omittingEmptySubsequences: false)
    guard (1...2).contains(sides.count) else { throw fail("there is no one arrow") }
    var terms: [Term] = []
    for text in sides[0].split(separator: ",", omittingEmptySubsequences: false) {
      guard let term = Term(text) else { throw fail("\"\(text)\" cannot be read") }
      terms.append(term)
    }
    guard terms.count == call.inputs.count else { throw fail("there are not as many terms as inputs") }
    var shapes: [Shape] = []
    for position in terms.indices { shapes.append(try call.input(position).shape) }
    for (term, shape) in zip(terms, shapes) where !term.fits(rank: shape.rank) {
      throw fail("\"\(term)\" does not fit \(shape)")
    }

    let letters = terms.flatMap(\.letters)
    let unused = Self.alphabet.filter { !letters.contains($0) }
    let hidden = zip(terms, shapes).map { $1.rank - $0.letters.count }.max() ?? 0
    guard hidden <= unused.count else { throw fail("an ellipsis stands for too many axes") }
    let ellipsis = terms.contains { $0.hasEllipsis } ? Array(unused.prefix(max(hidden, 0))) : []
    operands = zip(terms, shapes).map { $0.filled(ellipsis.suffix($1.rank - $0.letters.count)) }

    if sides.count == 2 {
      guard let term = Term(sides[1]) else { throw fail("the result cannot be read") }
      output = term.filled(ellipsis[...])
    } else {
      let counts = Dictionary(letters.map { ($0, 1) }, uniquingKeysWith: +)
      output = ellipsis + counts.filter { $0.value == 1 }.keys.sorted()
    }

    var sizes: [Character: Int] = [:]
    for (indices, shape) in zip(operands, shapes) {
      for (index, size) in zip(indices, shape) {
        let known = sizes[index] ?? 1
        guard known == 1 || size == 1 || known == size else { throw fail("sizes along \"\(index)\" differ") }
        sizes[index] = known == 1 ? size : known
      }
      for (axis, index) in indices.enumerated() where shape[axis] != shape[indices.firstIndex(of: index)!] {
        throw fail("sizes along \"\(index)\" differ")
      }
    }
    guard Set(output).count == output.count, output.allSatisfy({ sizes[$0] != nil }) else {
      throw fail("the result names an index twice, or one that no operand has")
    }
    self.sizes = sizes
  }

  private static let alphabet: [Character] = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The shape of the output.
  package var shape: Shape { Shape(output.map { sizes[$0]! }) }

  /// The indices that are summed over, in order of appearance.
  package var summed: [Character] {
    operands.joined().reduce(into: []) { found, index in
      if !output.contains(index), !found.contains(index) { found.append(index) }
    }
  }

  /// The equation as text, with other indices for the output and optionally for the operands.
  static func text(_ operands: [[Character]], to output: [Character]) -> String {
    operands.map { String($0) }.joined(separator: ",") + "->" + String(output)
  }
}

/// The indices of one operand or of the output as written: letters, with at most one ellipsis.
private struct Term: CustomStringConvertible {
  let description: String
  let before: [Character]
  let after: [Character]
  let hasEllipsis: Bool

  /// Parses `text`; `nil` if it is malformed.
  init?(_ text: Substring) {
    let parts = text.split(separator: "...", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.joined().allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
    description = String(text)
    before = Array(parts.first ?? "")
    after = parts.count == 2 ? Array(parts[1]) : []
    hasEllipsis = parts.count == 2
  }

  /// All letters.
  var letters: [Character] { before + after }

  /// Whether the term fits an operand of `rank` axes.
  func fits(rank: Int) -> Bool { hasEllipsis ? letters.count <= rank : letters.count == rank }

  /// The letters, with the ellipsis replaced.
  func filled(_ ellipsis: ArraySlice<Character>) -> [Character] { before + (hasEllipsis ? ellipsis : []) + after }
}
