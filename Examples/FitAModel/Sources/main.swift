import Espalier
import Foundation

// Usage: FitAModel TABLE.csv TARGET
let (table, target) = (CommandLine.arguments[1], CommandLine.arguments[2])
let model = try LinearModel(fitting: table, target: target, family: .poisson)

print(model.isCertified == true ? "the optimum: \(model.status)" : "not certified: \(model.status)")
for (feature, coefficient) in model.coefficients.sorted(by: { $0.key < $1.key }) {
  print("\(feature): \(coefficient)")
}
print("first predictions: \(try model.predictions(for: table).prefix(3))")

/// The logarithm of the hyperbolic cosine: squares near 0, absolute values far from it.
struct LogCosh: Loss {
  let name = "log-cosh"

  func value(_ predictor: Double, _ target: Double) -> Double {
    let distance = abs(predictor - target)
    return distance + log1p(exp(-2 * distance)) - log(2)
  }

  func derivative(_ predictor: Double, _ target: Double) -> Double { tanh(predictor - target) }

  func curvature(_ predictor: Double, _ target: Double) -> Double {
    let slope = tanh(predictor - target)
    return 1 - slope * slope
  }

  func minimum(_ target: Double) -> Double { 0 }
}

let line = try LogCosh().minimized(over: [[0], [1], [2], [3]], targets: [1, 3, 5, 70])
print("slope \(line.coefficients[0]), intercept \(line.intercept), certified: \(line.isCertified)")
