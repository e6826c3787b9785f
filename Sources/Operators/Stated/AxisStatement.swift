/// A user's statement on an operator that the project does not know: what becomes of the axes of its first input.
///
/// The output has these axes. Each of its elements follows from the elements at the same place of the inputs, but along
/// the mixed axes from all of them.
package struct AxisStatement: Hashable, Sendable {
  /// The axes along which elements are mixed; from the end where negative.
  package var mixedAxes: [Int]
  /// The axis of the first input that inputs of one axis, such as a scale, belong to; `nil` where they are aligned at
  /// the end, as in ONNX's own operators.
  package var vectorAxis: Int?
  /// Whether the output is the first input, unchanged.
  package var isIdentity: Bool

  /// A statement: of element-wise functions if nothing else is said.
  package init(mixing mixedAxes: [Int] = [], vectorsAlong vectorAxis: Int? = nil, isIdentity: Bool = false) {
    self.mixedAxes = mixedAxes
    self.vectorAxis = vectorAxis
    self.isIdentity = isIdentity
  }
}
