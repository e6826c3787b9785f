import EspalierTensors

extension ElementType {
  /// The Swift type of elements that a parsed operator computes with: numbers, or truth values, which are 0 and 1.
  package var element: any Number.Type {
    if self == .bool { return UInt8.self }
    guard let number else { preconditionFailure("an operator was parsed that computes with \(self)") }
    return number
  }
}
