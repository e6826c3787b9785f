import EspalierTensors

/// Encoding in a state, the coefficients as tensors.
extension Iterate: Codable {
  private enum CodingKeys: CodingKey { case current, previous, steps, contraction }

  /// Reads what ``encode(to:)`` writes.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(at: try container.decode(Stored<Double>.self, forKey: .current).wrappedValue)
    previous = try container.decode(Stored<Double>.self, forKey: .previous).wrappedValue
    steps = try container.decode(Int.self, forKey: .steps)
    contraction = try container.decode(Double.self, forKey: .contraction)
    guard previous.count == current.count else {
      throw DecodingError.dataCorruptedError(forKey: .previous, in: container, debugDescription: "another dimension")
    }
  }

  /// Writes both points, the number of steps, and the contraction that damps the next momentum.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Stored(wrappedValue: current), forKey: .current)
    try container.encode(Stored(wrappedValue: previous), forKey: .previous)
    try container.encode(steps, forKey: .steps)
    try container.encode(contraction, forKey: .contraction)
  }
}
