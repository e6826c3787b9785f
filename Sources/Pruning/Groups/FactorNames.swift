import EspalierOperators

/// The axes of all values as products of named factors.
///
/// Axes that are tied element by element have the same elements: they are one *class*. A reshape states that a digit of
/// one class is a digit of another. The boundaries of digits are carried from class to class until every class is
/// divided into *atoms*, the digits of a mixed radix, and atoms that correspond to each other are one *name*: of a
/// fused projection `[60] -> [3, 4, 5]` to queries, keys and values of four heads of five channels, the names are 3, 4
/// and 5, wherever they go.
struct FactorNames {
  /// The boundaries of the atoms of each class: the number of elements behind each, ascending from 1 to the size.
  private var boundaries: [[Int]] = []
  /// The class of each axis, by its index in ``ElementNumbering/axes``.
  private var classes: [Int]
  /// The number of the first atom of each class.
  private var firstAtom: [Int] = []
  /// The atoms in parts of one name.
  private var names = DisjointSets(count: 0)
  private let places: [ValueAxis: Int]
  private let numbering: ElementNumbering

  /// Names the factors of the axes of `rules`.
  ///
  /// - Complexity: near-linear in the number of axes and ties, times the number of factors of an axis.
  init(_ rules: DependencyRules) {
    numbering = rules.numbering
    places = Dictionary(uniqueKeysWithValues: numbering.axes.enumerated().map { ($1, $0) })
    classes = []
    classes = Self.classes(rules, places, numbering)
    boundaries = Array(repeating: [1], count: (classes.max() ?? -1) + 1)
    for (place, axis) in numbering.axes.enumerated() {
      let size = numbering.range(of: axis)!.count
      boundaries[classes[place]] = size > 1 ? [1, size] : [1]
    }
    let relations = divide(relations(rules), rules)
    var count = 0
    for own in boundaries {
      firstAtom.append(count)
      count += own.count - 1
    }
    names = DisjointSets(count: count)
    for relation in relations {
      let (first, second) = (atoms(relation.first, relation.size), atoms(relation.second, relation.size))
      guard first.map(size) == second.map(size) else { continue }
      for (one, other) in zip(first, second) { names.join(one, other) }
    }
  }

  /// The number of atoms.
  var atomCount: Int { boundaries.reduce(0) { $0 + $1.count - 1 } }

  /// The name of an atom.
  mutating func name(of atom: Int) -> Int { names.find(atom) }

  /// For each class of more than one atom, the atoms, outermost first.
  var divided: [[Int]] {
    boundaries.indices.filter { boundaries[$0].count > 2 }.map { own in
      (firstAtom[own]..<firstAtom[own] + boundaries[own].count - 1).reversed()
    }
  }

  /// The atoms of an axis, innermost first; none if it has one element.
  func atoms(of axis: ValueAxis) -> Range<Int> {
    guard let place = numbering.axes(standingFor: axis).first.flatMap({ places[$0] }) else { return 0..<0 }
    let own = classes[place]
    return firstAtom[own]..<firstAtom[own] + boundaries[own].count - 1
  }

  /// The atoms of a digit of an axis, innermost first: those that lie within it.
  func atoms(of digit: AxisDigit, size: Int, _ value: (PortAxis) -> ValueAxis) -> [Int] {
    places[value(digit.axis)].map { atoms(Digit(of: classes[$0], block: digit.block), size) } ?? []
  }

  /// The number of values of an atom.
  func size(_ atom: Int) -> Int {
    let (own, index) = place(of: atom)
    return boundaries[own][index + 1] / boundaries[own][index]
  }

  /// One element for each value of an atom, on the first axis of its class.
  func elements(of atom: Int) -> [Int] {
    let (own, index) = place(of: atom)
    guard let axis = classes.firstIndex(of: own), let range = numbering.range(of: numbering.axes[axis]) else {
      return []
    }
    return (0..<size(atom)).map { range.lowerBound + $0 * boundaries[own][index] }
  }

  private func place(of atom: Int) -> (class: Int, index: Int) {
    var (low, high) = (0, firstAtom.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstAtom[middle] <= atom { low = middle } else { high = middle }
    }
    return (low, atom - firstAtom[low])
  }

  private func atoms(_ digit: Digit, _ size: Int) -> [Int] {
    boundaries[digit.own].dropLast().indices.filter { index in
      let boundary = boundaries[digit.own][index]
      return boundary >= digit.block && boundary < digit.block * size
    }.map { firstAtom[digit.own] + $0 }
  }
}

/// A digit of a class, above `block` elements.
private struct Digit {
  let own: Int
  let block: Int

  init(of own: Int, block: Int) { (self.own, self.block) = (own, block) }
}

/// A digit that two classes have in common.
private struct CommonDigit {
  let first: Digit
  let second: Digit
  let size: Int
}

extension FactorNames {
  /// The class of each axis, numbered in the order of the axes.
  private static func classes(
    _ rules: DependencyRules, _ places: [ValueAxis: Int], _ numbering: ElementNumbering
  ) -> [Int] {
    var sets = DisjointSets(count: numbering.axes.count)
    for rule in rules.rules {
      for tie in rule.axes.ties where tie.isElementwise {
        let (from, to) = (rule.node.value(tie.from), rule.node.value(tie.to))
        guard let first = places[from], let second = places[to],
          numbering.range(of: from)?.count == numbering.range(of: to)?.count
        else { continue }
        sets.join(first, second)
      }
    }
    var numbers: [Int: Int] = [:]
    return numbering.axes.indices.map { place in
      let root = sets.find(place)
      let number = numbers[root] ?? numbers.count
      numbers[root] = number
      return number
    }
  }

  /// The digits that nodes state to be the same.
  private func relations(_ rules: DependencyRules) -> [CommonDigit] {
    var relations: [CommonDigit] = []
    for rule in rules.rules {
      func digit(_ axis: PortAxis, _ block: Int) -> Digit? {
        places[rule.node.value(axis)].map { Digit(of: classes[$0], block: block) }
      }
      for factor in rule.axes.regroupings.flatMap(\.factors) {
        guard let first = digit(factor.source.axis, factor.source.block),
          let second = digit(factor.target.axis, factor.target.block)
        else { continue }
        relations.append(CommonDigit(first: first, second: second, size: factor.size))
      }
      for tie in rule.axes.ties where !tie.isElementwise {
        guard let first = digit(tie.from, 1), let second = digit(tie.to, tie.block),
          let size = boundaries[first.own].last, let whole = boundaries[second.own].last,
          tie.isDigit(of: size, in: whole)
        else { continue }
        relations.append(CommonDigit(first: first, second: second, size: size))
      }
    }
    return relations
  }

  /// Divides all classes at the boundaries of `relations` and of `rules`, and returns the relations whose boundaries
  /// divide those of the others; a class that is cut in two ways that do not divide each other keeps the first.
  private mutating func divide(_ relations: [CommonDigit], _ rules: DependencyRules) -> [CommonDigit] {
    for rule in rules.rules {
      for balanced in rule.axes.balanced { divide(rule.node.value(balanced.axis)) { $0 / balanced.parts } }
      for blocks in rule.axes.blocks { divide(rule.node.value(blocks.axis)) { _ in blocks.size } }
    }
    let held = relations.filter { relation in
      [relation.first, relation.second].allSatisfy { digit in
        divide(digit.own, at: digit.block) != nil && divide(digit.own, at: digit.block * relation.size) != nil
      }
    }
    var touching: [Int: [Int]] = [:]
    for (index, relation) in held.enumerated() {
      for own in [relation.first.own, relation.second.own] { touching[own, default: []].append(index) }
    }
    var open = Array(held.indices)
    while let index = open.popLast() {
      let relation = held[index]
      for (from, to) in [(relation.first, relation.second), (relation.second, relation.first)] {
        for boundary in boundaries[from.own] where boundary > from.block && boundary < from.block * relation.size {
          if divide(to.own, at: boundary / from.block * to.block) == true { open += touching[to.own] ?? [] }
        }
      }
    }
    return held
  }

  private mutating func divide(_ axis: ValueAxis, at boundary: (_ size: Int) -> Int) {
    guard let place = places[axis], let size = boundaries[classes[place]].last else { return }
    _ = divide(classes[place], at: boundary(size))
  }

  /// Divides a class at a boundary; whether it is new, `nil` if it does not divide the others or they do not divide it.
  private mutating func divide(_ own: Int, at boundary: Int) -> Bool? {
    if boundaries[own].contains(boundary) { return false }
    guard let above = boundaries[own].firstIndex(where: { $0 > boundary }), above > 0,
      boundaries[own][above] % boundary == 0, boundary % boundaries[own][above - 1] == 0
    else { return nil }
    boundaries[own].insert(boundary, at: above)
    return true
  }
}

extension AxisTie {
  /// Whether each element is tied to the one at the same position.
  var isElementwise: Bool { block == 1 && offset == 0 && repetitions == 1 }

  /// Whether the elements of an axis of `size` are the values of a digit of the other axis, of `whole` elements.
  fileprivate func isDigit(of size: Int, in whole: Int) -> Bool {
    offset == 0 && (repetitions == 1 || period == size * block) && repetitions * size * block == whole
  }
}
