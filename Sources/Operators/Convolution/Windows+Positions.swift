extension Windows {
  /// For each tap and each window, both in row-major order, the row-major index of the input under the tap; `nil` in
  /// the padding.
  ///
  /// Complexity: O(taps times windows).
  package var positions: [[Int?]] {
    axes.reduce([[0]]) { outer, axis in
      outer.flatMap { places in
        (0..<axis.kernel).map { tap in
          places.flatMap { place in
            (0..<axis.count).map { output -> Int? in
              let input = axis.input(output, tap)
              guard let place, (0..<axis.size).contains(input) else { return nil }
              return place * axis.size + input
            }
          }
        }
      }
    }
  }
}
