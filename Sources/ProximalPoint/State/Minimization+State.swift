import EspalierTensors

/// Encoding in a state, solution and trace as tensors.
extension Minimization: Codable {
  private enum CodingKeys: CodingKey {
    case status, reason, method, solution, hasIntercept, steps, epochs, objective, trace, promise, flatDirection
    case unboundedCoordinates
  }

  /// Reads what ``encode(to:)`` writes.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      status: try container.decode(Status.self, forKey: .status),
      reason: try container.decode(String.self, forKey: .reason),
      method: try container.decode(String.self, forKey: .method),
      solution: try container.decode(Stored<Double>.self, forKey: .solution).wrappedValue,
      hasIntercept: try container.decode(Bool.self, forKey: .hasIntercept),
      steps: try container.decode(Int.self, forKey: .steps), epochs: try container.decode(Int.self, forKey: .epochs),
      objective: try container.decode(Double.self, forKey: .objective),
      trace: try container.decode(Stored<Double>.self, forKey: .trace).wrappedValue)
    promise = try container.decodeIfPresent(Double.self, forKey: .promise)
    flatDirection = try container.decodeIfPresent(Stored<Double>.self, forKey: .flatDirection)?.wrappedValue
    unboundedCoordinates = try container.decode([Int].self, forKey: .unboundedCoordinates)
  }

  /// Writes the whole outcome.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status, forKey: .status)
    try container.encode(reason, forKey: .reason)
    try container.encode(method, forKey: .method)
    try container.encode(Stored(wrappedValue: solution), forKey: .solution)
    try container.encode(hasIntercept, forKey: .hasIntercept)
    try container.encode(steps, forKey: .steps)
    try container.encode(epochs, forKey: .epochs)
    try container.encode(objective, forKey: .objective)
    try container.encode(Stored(wrappedValue: trace), forKey: .trace)
    try container.encodeIfPresent(promise, forKey: .promise)
    try container.encodeIfPresent(flatDirection.map { Stored(wrappedValue: $0) }, forKey: .flatDirection)
    try container.encode(unboundedCoordinates, forKey: .unboundedCoordinates)
  }
}
