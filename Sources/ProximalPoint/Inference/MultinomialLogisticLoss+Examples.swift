extension MultinomialLogisticLoss {
  /// The probabilities of the classes, class by class: K x n, from the predictors of each class.
  package func shares(_ predictors: [[Double]]) -> [[Double]] {
    let count = predictors.first?.count ?? 0
    var shares = [[Double]](repeating: [Double](repeating: 0, count: count), count: classes)
    var (own, all) = ([Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes))
    for row in 0..<count {
      for k in 0..<classes { own[k] = predictors[k][row] }
      self.shares(own, into: &all)
      for k in 0..<classes { shares[k][row] = all[k] }
    }
    return shares
  }
}
