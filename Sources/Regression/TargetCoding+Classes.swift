import EspalierTables

extension TargetCoding {
  /// The names of the classes of a target under this coding, in order; `nil` for numbers.
  func classes(_ kind: TargetKind) -> [String]? {
    switch self {
    case .number: kind == .binary ? ["0", "1"] : nil
    case .twoNumbers(let low, let high): [low, high].map { Int(exactly: $0).map(String.init) ?? String($0) }
    case .classes(let names): names
    }
  }
}
