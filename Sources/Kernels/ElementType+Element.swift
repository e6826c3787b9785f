import EspalierTensors

extension ElementType {
  /// The Swift type in which a parsed operator computes: numbers, or truth values as 0 and 1.
  package var element: any Number.Type {
    if self == .bool { return UInt8.self }
    guard let number else { preconditionFailure("an operator was parsed that computes with \(self)") }
    return number
  }
}
