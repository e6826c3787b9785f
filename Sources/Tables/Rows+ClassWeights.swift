extension Rows {
  /// The rows with their weights multiplied by the factor of their class, whose number is the target.
  package func weighting(classes factors: [Double]) -> Rows {
    var rows = self
    if weights.isEmpty { rows.weights = [Double](repeating: 1, count: count) }
    for row in 0..<count { rows.weights[row] *= factors[Int(targets[row])] }
    return rows
  }
}
