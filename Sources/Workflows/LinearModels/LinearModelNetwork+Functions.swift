import EspalierGraph
import EspalierTables

/// Functions of numbers by operators that have kernels for double precision in common runtimes.
extension LinearModelNetwork {
  /// Adds an operation on two numbers.
  mutating func add(_ operation: NumericOperation, _ operands: [String]) -> String {
    switch operation {
    case .add: builder.add("Add", operands)
    case .subtract: builder.add("Sub", operands)
    case .multiply: builder.add("Mul", operands)
    case .divide: builder.add("Div", operands)
    case .power: builder.add("Pow", operands)
    }
  }

  /// Adds a function of a number.
  mutating func add(_ function: NumericFunction, _ x: String) -> String {
    switch function {
    case .log: builder.add("Log", [x])
    case .log2: builder.add("Div", [builder.add("Log", [x]), constant(0.69314718055994531)])
    case .log10: builder.add("Div", [builder.add("Log", [x]), constant(2.3025850929940457)])
    case .log1p: builder.add("Log", [builder.add("Add", [x, constant(1)])])
    case .exp: builder.add("Exp", [x])
    case .expm1: builder.add("Sub", [builder.add("Exp", [x]), constant(1)])
    case .sqrt: builder.add("Sqrt", [x])
    case .abs: builder.add("Abs", [x])
    case .sin: builder.add("Sin", [x])
    case .cos: addCosine(x)
    case .tanh: builder.add("Tanh", [x])
    }
  }

  /// Adds `cos x = 1 - 2 sin^2(x / 2)`.
  private mutating func addCosine(_ x: String) -> String {
    let sine = builder.add("Sin", [builder.add("Mul", [x, constant(0.5)])])
    let square = builder.add("Mul", [builder.add("Mul", [sine, sine]), constant(2)])
    return builder.add("Sub", [constant(1), square])
  }

  /// Adds the polynomial of these coefficients, the highest power first.
  private mutating func addPolynomial(_ x: String, _ coefficients: [Double]) -> String {
    var value = constant(coefficients[0])
    for coefficient in coefficients.dropFirst() {
      value = builder.add("Add", [builder.add("Mul", [value, x]), constant(coefficient)])
    }
    return value
  }

  /// Adds the standard normal distribution, by the rational approximation 5666 of J. Hart et al. (Computer
  /// Approximations, 1968), as G. West gives it (Better approximations to cumulative normal functions, 2005):
  /// `Phi(-a) = e^(-a^2 / 2) P(a) / Q(a)` for a at least 0, to 3e-16.
  mutating func addNormal(_ z: String) -> String {
    // Beyond 40, the probability is 0.
    let a = builder.add("Min", [builder.add("Abs", [z]), constant(40)])
    let exponent = builder.add("Mul", [builder.add("Mul", [a, a]), constant(-0.5)])
    let above = addPolynomial(
      a,
      [
        0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
        220.206867912376,
      ])
    let below = addPolynomial(
      a,
      [
        0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
        793.826512519948, 440.413735824752,
      ])
    let tail = builder.add("Mul", [builder.add("Exp", [exponent]), builder.add("Div", [above, below])])
    let rest = builder.add("Sub", [constant(1), tail])
    let isPositive = builder.add("Greater", [z, constant(0)])
    return builder.add("Where", [isPositive, rest, tail])
  }

  /// Adds Cauchy's distribution, `1/2 + atan(z) / pi`: the angle is halved three times, `tan(a / 2) = t / (1 + sqrt(1 +
  /// t^2))`, and then the sum of ten terms of its series, to 2e-15.
  mutating func addCauchy(_ z: String) -> String {
    // Beyond 1e15, the probability is 0 or 1 to rounding.
    var t = builder.add("Max", [builder.add("Min", [z, constant(1e15)]), constant(-1e15)])
    for _ in 0..<3 {
      let root = builder.add("Sqrt", [builder.add("Add", [builder.add("Mul", [t, t]), constant(1)])])
      t = builder.add("Div", [t, builder.add("Add", [root, constant(1)])])
    }
    let series = addPolynomial(
      builder.add("Mul", [t, t]), (0..<10).reversed().map { ($0.isMultiple(of: 2) ? 1 : -1) / Double(2 * $0 + 1) })
    let angle = builder.add("Mul", [builder.add("Mul", [t, series]), constant(8 / Double.pi)])
    return builder.add("Add", [angle, constant(0.5)])
  }
}
