import Foundation

/// A number computed from the columns of a row: `log(z)`, `x^2 + 1`.
///
/// Columns are named as formulas are parsed, and numbered (`NumericExpression<Int>`) as rows are evaluated.
package indirect enum NumericExpression<Column: Hashable & Sendable>: Hashable, Sendable {
  /// A number.
  case constant(Double)
  /// The value of a column.
  case column(Column)
  /// The negative of a number.
  case negative(NumericExpression)
  /// Two numbers combined.
  case operation(NumericOperation, NumericExpression, NumericExpression)
  /// A function of a number.
  case function(NumericFunction, NumericExpression)

  /// The value for the columns of a row.
  package func value(_ column: (Column) -> Double) -> Double {
    switch self {
    case .constant(let value): value
    case .column(let name): column(name)
    case .negative(let operand): -operand.value(column)
    case .operation(let operation, let first, let second):
      operation(first.value(column), second.value(column))
    case .function(let function, let operand): function(operand.value(column))
    }
  }

  /// The columns, in order of appearance, with repetitions.
  package var columns: [Column] {
    switch self {
    case .constant: []
    case .column(let name): [name]
    case .negative(let operand), .function(_, let operand): operand.columns
    case .operation(_, let first, let second): first.columns + second.columns
    }
  }

  /// The same expression of other names of columns.
  package func map<Other>(_ name: (Column) -> Other) -> NumericExpression<Other> {
    switch self {
    case .constant(let value): .constant(value)
    case .column(let own): .column(name(own))
    case .negative(let operand): .negative(operand.map(name))
    case .operation(let operation, let first, let second): .operation(operation, first.map(name), second.map(name))
    case .function(let function, let operand): .function(function, operand.map(name))
    }
  }
}

extension NumericExpression<String>: CustomStringConvertible {
  /// The expression as a formula writes it, with the brackets that it needs.
  package var description: String { written(inside: 0) }

  /// The expression inside of an operation that binds so strongly.
  private func written(inside strength: Int) -> String {
    switch self {
    case .constant(let value): return Self.written(value)
    case .column(let name): return Self.written(column: name)
    case .negative(let operand): return bracketed("-" + operand.written(inside: 3), 3, strength)
    case .function(let function, let operand): return "\(function.rawValue)(\(operand))"
    case .operation(let operation, let first, let second):
      switch operation {
      case .add: return bracketed("\(first.written(inside: 1)) + \(second.written(inside: 1))", 1, strength)
      case .subtract: return bracketed("\(first.written(inside: 1)) - \(second.written(inside: 2))", 1, strength)
      case .multiply: return bracketed("\(first.written(inside: 2)) * \(second.written(inside: 2))", 2, strength)
      case .divide: return bracketed("\(first.written(inside: 2)) / \(second.written(inside: 3))", 2, strength)
      case .power: return bracketed("\(first.written(inside: 5))^\(second.written(inside: 4))", 4, strength)
      }
    }
  }

  private func bracketed(_ text: String, _ own: Int, _ outer: Int) -> String { own < outer ? "(\(text))" : text }

  /// A number as a formula writes it: `3`, not `3.0`.
  static func written(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

  /// A column as a formula writes it, in backquotes if it must be.
  static func written(column name: String) -> String {
    let isPlain = (try? FormulaToken.tokens(of: name))?.first?.kind == .name(name, isQuoted: false)
    return isPlain ? name : "`\(name)`"
  }
}

/// A function of a number that formulas know.
package enum NumericFunction: String, CaseIterable, Hashable, Sendable {
  case log, log2, log10, log1p, exp, expm1, sqrt, abs, sin, cos, tanh

  /// The value of the function; not a number outside of its domain.
  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .log: Foundation.log(x)
    case .log2: Foundation.log2(x)
    case .log10: Foundation.log10(x)
    case .log1p: Foundation.log1p(x)
    case .exp: Foundation.exp(x)
    case .expm1: Foundation.expm1(x)
    case .sqrt: x.squareRoot()
    case .abs: x.magnitude
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tanh: Foundation.tanh(x)
    }
  }
}

/// An operation on two numbers.
package enum NumericOperation: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "^"

  /// The result of the operation.
  package func callAsFunction(_ first: Double, _ second: Double) -> Double {
    switch self {
    case .add: first + second
    case .subtract: first - second
    case .multiply: first * second
    case .divide: first / second
    case .power: second == 2 ? first * first : pow(first, second)
    }
  }
}
