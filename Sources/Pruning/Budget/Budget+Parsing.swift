import EspalierFiles

extension Budget: CustomStringConvertible {
  private static let decimal: [(String, Double)] = [("k", 1e3), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)]
  private static let binary: [(String, Double)] = [
    ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9),
    ("B", 1),
  ]

  /// The budget written as `KIND=FRACTION` or `KIND=AMOUNT`: a number of at most 1 without a unit is a fraction of the
  /// dense network's cost.
  ///
  /// - Throws: `EspalierError`, an argument, if the kind is unknown, the number is not positive, or its unit does not
  ///   belong to the kind.
  package init(parsing text: String) throws(EspalierError) {
    func fault(_ words: String) -> EspalierError {
      EspalierError(
        .argument, "budget \"\(text)\"", words,
        remedy: "write macs=0.5, macs=200M, parameters=2M, bytes=10MB or latency=0.6")
    }
    guard let equals = text.firstIndex(of: "=") else { throw fault("does not say what is limited, and to how much") }
    guard let kind = Kind(rawValue: String(text[..<equals])) else {
      throw fault("limits \"\(text[..<equals])\", which is not macs, parameters, bytes or latency")
    }
    let number = String(text[text.index(after: equals)...])
    if let value = Double(number) {
      guard value > 0, value.isFinite else { throw fault("is not above 0") }
      guard value > 1 else {
        self.init(kind, .fraction(value))
        return
      }
      guard kind != .latency else { throw fault("is not a fraction of the dense network's latency") }
      self.init(kind, .amount(value))
      return
    }
    let units = kind == .bytes ? Self.binary + Self.decimal : kind == .latency ? [] : Self.decimal
    guard let unit = units.first(where: { number.hasSuffix($0.0) }),
      let value = Double(number.dropLast(unit.0.count)), value > 0, value.isFinite
    else { throw fault("has an amount that cannot be read") }
    self.init(kind, .amount(value * unit.1))
  }

  /// The budget as it is written on the command line.
  package var description: String {
    switch limit {
    case .fraction(let fraction): "\(kind.rawValue)=\(fraction)"
    case .amount(let amount): "\(kind.rawValue)=\(amount == amount.rounded() ? "\(Int(amount))" : "\(amount)")"
    }
  }
}
