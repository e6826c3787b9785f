import EspalierLinearAlgebra

extension SelectionProblem {
  /// The matrix K, units x units, with which i-SpaSP measures what is missing: `y = K r`, where r holds the sizes of
  /// the units that are not kept and zeros for the others, and y is their importance, from the second iteration on.
  ///
  /// For one dense layer behind a rectifier it is `W^T W`, whatever the data. In general column j is the importance
  /// that the loss of unit j alone causes, over its size: for convolutions it depends on the sums of activation maps
  /// and need not be symmetric, because taps read padding at borders; where inputs have both signs, on how far they
  /// cancel. The column of a unit of size zero, which no r reads, is that of a constant map.
  ///
  /// Complexity: O(outputs x units^2) for each tap of each layer.
  package var importanceOperator: Matrix {
    consumers.reduce(into: Matrix(rows: unitCount, columns: unitCount)) {
      $1.addImportanceOperator(sizes: hiddenSize, to: &$0)
    }
  }
}

extension SelectionProblem.Consumer {
  /// Adds, for each tap k', the product of the weights of the tap and the residual that each unit's loss leaves at the
  /// positions at which the tap reads the input.
  fileprivate func addImportanceOperator(sizes: [Double], to total: inout Matrix) {
    let (taps, outputs) = (tapSums.taps, weight.rows)
    for tap in 0..<taps {
      var gradient = Matrix(rows: outputs, columns: channels.count)
      var residual = Matrix(rows: outputs, columns: channels.count)
      for (unit, own) in channels.enumerated() {
        for channel in own {
          for output in 0..<outputs { gradient[output, unit] += weight[output, channel * taps + tap] }
        }
        for row in rows[unit] {
          let share = sizes[unit] > 0 ? tapSums.sums[tap * weight.columns + row] / sizes[unit] : 1
          for output in 0..<outputs { residual[output, unit] += weight[output, row] * share }
        }
      }
      total = total + Matrix.product(gradient, residual, transposingFirst: true)
    }
  }
}
