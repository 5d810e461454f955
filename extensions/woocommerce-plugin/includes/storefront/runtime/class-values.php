<?php
/**
 * Liquid's values: truth, likeness, order, properties and texts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

// Named, so that PHP need not look for them here first; a page calls these some thousand times.
use function abs;
use function array_key_exists;
use function count;
use function floor;
use function in_array;
use function is_array;
use function is_bool;
use function is_float;
use function is_int;
use function is_object;
use function is_string;

defined( 'ABSPATH' ) || exit;

/**
 * Compiled templates do with these what Liquid does between its tags. Nothing here knows WordPress. Values are null,
 * booleans, numbers, texts, lists, decoded JSON (arrays or objects) and drops.
 */
final class Values {

	/**
	 * White space as `strip` and `blank` know it, in bytes of UTF-8, so that texts that are no UTF-8 do no harm.
	 */
	const SPACE = '(?:[\x09-\x0D\x20]|\xC2\xA0|\xE1\x9A\x80|\xE2\x80[\x80-\x8A\xA8\xA9\xAF]|\xE2\x81\x9F|\xE3\x80\x80|\xEF\xBB\xBF)';

	/**
	 * False for nil and false alone.
	 *
	 * @param mixed $value Any value.
	 * @return bool
	 */
	public static function truthy( $value ) {
		return null !== $value && false !== $value;
	}

	/**
	 * The property of a value; null where there is none.
	 *
	 * @param mixed      $value Any value.
	 * @param string|int $key   Name or place.
	 * @return mixed
	 */
	public static function get( $value, $key ) {
		// The most frequent first: a page asks some thousand times.
		if ( is_array( $value ) ) {
			return isset( $value[ $key ] ) || array_key_exists( $key, $value ) ? $value[ $key ] : self::of_list( $value, $key );
		}
		if ( $value instanceof Drop ) {
			return $value->get( $key );
		}
		if ( null === $value ) {
			return null;
		}
		if ( $value instanceof \Countable ) {
			return self::of_list( $value, $key );
		}
		if ( is_object( $value ) ) {
			return property_exists( $value, (string) $key ) ? $value->{$key} : null;
		}
		return 'size' === $key && is_string( $value ) ? count( Filters::split( $value, '' ) ) : null;
	}

	/**
	 * `size`, `first` and `last` of a list.
	 *
	 * @param array|\Countable $entries List.
	 * @param string|int       $key     Name.
	 * @return mixed
	 */
	private static function of_list( $entries, $key ) {
		switch ( $key ) {
			case 'size':
				return count( $entries );
			case 'first':
				return Filters::first( $entries );
			case 'last':
				return Filters::last( $entries );
		}
		return null;
	}

	/**
	 * The text of a value, as `{{ value }}` prints it.
	 *
	 * @param mixed $value Any value.
	 * @return string
	 */
	public static function text( $value ) {
		if ( is_string( $value ) ) {
			return $value;
		}
		if ( is_bool( $value ) ) {
			return $value ? 'true' : 'false';
		}
		if ( is_float( $value ) && floor( $value ) === $value && abs( $value ) < 1e15 ) {
			return (string) (int) $value;
		}
		if ( is_int( $value ) || is_float( $value ) ) {
			return (string) $value;
		}
		return is_array( $value ) ? implode( '', array_map( array( self::class, 'text' ), $value ) ) : '';
	}

	/**
	 * Entries of a value that a loop walks through.
	 *
	 * @param mixed $value Any value.
	 * @param mixed $limit Entries at most; nil = all.
	 * @return iterable
	 */
	public static function items( $value, $limit = null ) {
		if ( is_string( $value ) && '' !== $value ) {
			$value = array( $value );
		}
		$entries = is_array( $value ) || $value instanceof \Traversable ? $value : array();
		return null === $limit ? $entries : array_slice( self::listed( $entries ), 0, (int) $limit );
	}

	/**
	 * The same entries as an array with keys from 0 on.
	 *
	 * @param iterable $entries Entries.
	 * @return array
	 */
	public static function listed( $entries ) {
		return is_array( $entries ) ? array_values( $entries ) : iterator_to_array( $entries, false );
	}

	/**
	 * Liquid's `==`: nothing is converted but whole numbers to numbers with a fraction.
	 *
	 * @param mixed $left  Any value.
	 * @param mixed $right Any value.
	 * @return bool
	 */
	public static function equals( $left, $right ) {
		if ( is_string( $left ) ) {
			return $left === $right;
		}
		if ( self::is_number( $left ) && self::is_number( $right ) ) {
			return (float) $left === (float) $right;
		}
		if ( is_array( $left ) && is_array( $right ) && count( $left ) === count( $right ) ) {
			foreach ( $left as $key => $value ) {
				if ( ! array_key_exists( $key, $right ) || ! self::equals( $value, $right[ $key ] ) ) {
					return false;
				}
			}
			return true;
		}
		return $left === $right;
	}

	/**
	 * Liquid's `>`, of two numbers or two texts; false for anything else.
	 *
	 * @param mixed $left  Any value.
	 * @param mixed $right Any value.
	 * @return bool
	 */
	public static function greater( $left, $right ) {
		if ( self::is_number( $left ) && self::is_number( $right ) ) {
			return $left > $right;
		}
		return is_string( $left ) && is_string( $right ) && strcmp( $left, $right ) > 0;
	}

	/**
	 * Liquid's `>=`, of two numbers or two texts; false for anything else.
	 *
	 * @param mixed $left  Any value.
	 * @param mixed $right Any value.
	 * @return bool
	 */
	public static function at_least( $left, $right ) {
		if ( self::is_number( $left ) && self::is_number( $right ) ) {
			return $left >= $right;
		}
		return is_string( $left ) && is_string( $right ) && strcmp( $left, $right ) >= 0;
	}

	/**
	 * Liquid's `contains`: a text in a text, an entry in a list.
	 *
	 * @param mixed $whole Text or list.
	 * @param mixed $part  What may be in it.
	 * @return bool
	 */
	public static function contains( $whole, $part ) {
		if ( is_string( $whole ) ) {
			return null !== $part && ( '' === self::text( $part ) || false !== strpos( $whole, self::text( $part ) ) );
		}
		if ( is_array( $whole ) && is_string( $part ) ) {
			return in_array( $part, $whole, true );
		}
		foreach ( self::items( $whole ) as $entry ) {
			if ( self::equals( $entry, $part ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Liquid's `== empty`: a text, list or object without anything in it.
	 *
	 * @param mixed $value Any value.
	 * @return bool
	 */
	public static function is_empty( $value ) {
		if ( is_array( $value ) || $value instanceof \Countable ) {
			return 0 === count( $value );
		}
		return '' === $value || ( $value instanceof \stdClass && array() === (array) $value );
	}

	/**
	 * Liquid's `== blank`: nil, false, empty, or nothing but white space.
	 *
	 * @param mixed $value Any value.
	 * @return bool
	 */
	public static function is_blank( $value ) {
		if ( is_string( $value ) ) {
			return '' === $value || 1 === preg_match( '/^' . self::SPACE . '*+$/D', $value );
		}
		return ! self::truthy( $value ) || self::is_empty( $value );
	}

	/**
	 * True for whole numbers and numbers with a fraction.
	 *
	 * @param mixed $value Any value.
	 * @return bool
	 */
	private static function is_number( $value ) {
		return is_int( $value ) || is_float( $value );
	}
}
