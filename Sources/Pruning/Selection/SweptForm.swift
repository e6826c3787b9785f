import EspalierLinearAlgebra

/// The quadratic form of re-fitting one layer for a set S of kept units that may grow and shrink.
///
/// With `F = G + lambda I` over the rows of H and W the layer's weights, the matrices A and B are those of F and
/// `F W^T` after a sweep on each row of S:
///
///     A_SS = -F_SS^-1     A_RS = F_RS F_SS^-1     A_RR = E, the Schur complement
///     B_S  = X^T, the re-fitted weights           B_R  = E W^T
///
/// A sweep moves a row from R to S, a second one moves it back. For a unit u on either side, `tr(B_u^T |A_uu|^-1 B_u)`
/// is the change of the re-fitted residual: its increase if u leaves S, its decrease if u joins.
///
/// Source: J. Goodnight, "A tutorial on the SWEEP operator", The American Statistician 33 (1979).
struct SweptForm {
  /// The part of the largest diagonal entry that is added to all: every pivot stays above it.
  private static let floor = 1e-11

  private var form: Matrix
  private var product: Matrix
  private let rows: [[Int]]
  private var isKept: [Bool]

  /// The form of `regression` that keeps `units`, and the channels that belong to no unit: all sweeps at once, by
  /// blocks.
  ///
  /// Complexity: O(rows^2 x kept rows).
  init(_ regression: Regression, ridge: Ridge, keeping units: [Int]) {
    form = ridge.form(of: regression)
    form.addToDiagonal(Self.floor * (form.diagonal.max() ?? 0))
    product = Matrix.product(form, regression.weight, transposingSecond: true)
    rows = regression.rows
    isKept = Array(repeating: false, count: rows.count)
    for unit in units { isKept[unit] = true }
    let open = rows.indices.filter { [isKept] in !isKept[$0] }.flatMap { [rows] in rows[$0] }
    let isOpen = Set(open)
    let kept = (0..<form.rows).filter { !isOpen.contains($0) }
    guard !kept.isEmpty else { return }
    let inverse = Cholesky(form: form.taking(rows: kept, columns: kept)).inverse()
    let coupling = form.taking(rows: open, columns: kept)
    let link = Matrix.product(coupling, inverse)
    var rest = form.taking(rows: open, columns: open)
    rest.subtractProduct(link, coupling.transposed)
    let own = product.taking(rows: kept)
    var others = product.taking(rows: open)
    others.subtractProduct(link, own)
    let fit = Matrix.product(inverse, own)
    for (i, row) in kept.enumerated() {
      for (j, column) in kept.enumerated() { form[row, column] = -inverse[i, j] }
      for output in 0..<product.columns { product[row, output] = fit[i, output] }
    }
    for (i, row) in open.enumerated() {
      for (j, column) in open.enumerated() { form[row, column] = rest[i, j] }
      for (j, column) in kept.enumerated() {
        form[row, column] = link[i, j]
        form[column, row] = link[i, j]
      }
      for output in 0..<product.columns { product[row, output] = others[i, output] }
    }
  }

  /// The increase of the residual from dropping the kept `unit`. Complexity: O(r^2 outputs) for a unit of r rows.
  func increase(dropping unit: Int) -> Double { weight(of: block(unit, scale: -1), product.taking(rows: rows[unit])) }

  /// For each unit that is not kept, the decrease of the residual from adding it in place of the kept `unit`; zero for
  /// kept ones.
  ///
  /// Only the blocks that the answer depends on are computed: `A_jj - A_jk A_kk^-1 A_kj` and `B_j - A_jk A_kk^-1 B_k`.
  /// Complexity: O(rows x r x outputs) for a unit of r rows.
  func decreases(inPlaceOf unit: Int) -> [Double] {
    let own = rows[unit]
    let factor = Cholesky(form: block(unit, scale: -1))
    // -A_kk^-1 A_kj and -A_kk^-1 B_k.
    let couplings = factor.solve(form.taking(rows: own))
    let share = factor.solve(product.taking(rows: own))
    let open = rows.indices.filter { !isKept[$0] }
    let places = open.flatMap { rows[$0] }
    var rest = product.taking(rows: places)
    let link = form.taking(rows: own, columns: places)
    rest = rest + Matrix.product(link, share, transposingFirst: true)
    var decreases = Array(repeating: 0.0, count: rows.count)
    var start = 0
    for other in open {
      let others = rows[other]
      let range = Array(start..<start + others.count)
      start += others.count
      if own.count == 1, others.count == 1 {
        let (row, column) = (own[0], others[0])
        let pivot = form[column, column] + form[row, column] * couplings[0, column]
        decreases[other] = rest.row(range[0]).reduce(0) { $0 + $1 * $1 } / pivot
        continue
      }
      let gained = Matrix.product(
        form.taking(rows: own, columns: others), couplings.taking(columns: others), transposingFirst: true)
      decreases[other] = weight(of: block(other, scale: 1) + gained, rest.taking(rows: range))
    }
    return decreases
  }

  /// Adds `unit` to the kept ones, or drops it if it is one. Complexity: O(rows x (rows + outputs)) for each of its
  /// rows.
  mutating func move(_ unit: Int) {
    for row in rows[unit] { sweep(row: row, isForward: !isKept[unit]) }
    isKept[unit].toggle()
  }

  private func block(_ unit: Int, scale: Double) -> Matrix {
    let block = form.taking(rows: rows[unit], columns: rows[unit])
    return Matrix(rows: block.rows, columns: block.columns, block.elements.map { $0 * scale })
  }

  /// `tr(part^T block^-1 part)`.
  private func weight(of block: Matrix, _ part: Matrix) -> Double {
    guard block.rows > 0 else { return 0 }
    if block.rows == 1 { return part.elements.reduce(0) { $0 + $1 * $1 } / block.elements[0] }
    return Cholesky(form: block).halfSolve(part).elements.reduce(0) { $0 + $1 * $1 }
  }

  private mutating func sweep(row: Int, isForward: Bool) {
    let pivot = form[row, row]
    let column = form.column(row)
    let own = Array(product.row(row))
    form.addOuterProduct(column, column, times: -1 / pivot)
    product.addOuterProduct(column, own, times: -1 / pivot)
    let scale = (isForward ? 1 : -1) / pivot
    for other in 0..<form.rows {
      form[other, row] = column[other] * scale
      form[row, other] = column[other] * scale
    }
    form[row, row] = -1 / pivot
    for output in own.indices { product[row, output] = own[output] * scale }
  }
}
