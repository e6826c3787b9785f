/// How a file writes its values: the decimal mark, and what marks a missing value.
package struct FieldNotation: Hashable, Sendable {
  /// The mark between the whole number and its fraction.
  package enum DecimalMark: String, CaseIterable, Sendable {
    case point = "."
    case comma = ","

    fileprivate var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  }

  /// The decimal mark.
  package var decimal = DecimalMark.point
  /// Marks of missing values in addition to those of ``DecimalNumber/isMissing(_:)``.
  package var missingMarks: [String] {
    get { marks.map { String(decoding: $0, as: UTF8.self) } }
    set { marks = newValue.map { Array($0.utf8) } }
  }
  private var marks: [[UInt8]] = []

  /// A notation.
  package init(decimal: DecimalMark = .point, missingMarks: [String] = []) {
    self.decimal = decimal
    self.missingMarks = missingMarks
  }

  /// Whether `bytes` mark a missing value.
  func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    DecimalNumber.isMissing(bytes) || isMarked(bytes)
  }

  /// The plain number written in `bytes`, without a unit or separators; `nil` for anything else.
  func plainNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let number = DecimalNumber.parse(bytes, mark: decimal.byte), !isMarked(bytes) else { return nil }
    return number
  }

  /// The number written in `bytes` in the notation of its column; `nil` for anything else.
  func number(_ bytes: UnsafeBufferPointer<UInt8>, _ column: NumberNotation) -> Double? {
    if column.unit == nil, let number = plainNumber(bytes) { return number }
    guard !isMissing(bytes), let number = NotatedNumber(String(decoding: bytes, as: UTF8.self), decimal),
      column.accepts(number.notation)
    else { return nil }
    return number.value
  }

  private func isMarked(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    !marks.isEmpty && marks.contains { $0.count == bytes.count && $0.elementsEqual(bytes) }
  }
}
