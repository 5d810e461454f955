<?php
/**
 * Liquid's filters that need nothing but their values.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

// Named, so that PHP need not look for them here first; a page calls these some thousand times.
use function count;
use function is_float;
use function is_int;
use function is_string;
use function preg_match;
use function strtr;

defined( 'ABSPATH' ) || exit;

/**
 * One function for each filter of the templates. Nothing here knows WordPress.
 */
final class Filters {

	const ESCAPED = array(
		'&' => '&amp;',
		'<' => '&lt;',
		'>' => '&gt;',
		'"' => '&#34;',
		"'" => '&#39;',
	);

	/**
	 * Makes a text safe between tags and in quoted attributes. Bytes that are no UTF-8 become U+FFFD, because browsers
	 * may take what follows them for a part of a character.
	 *
	 * @param mixed $value Any value.
	 * @return string
	 */
	public static function escape( $value ) {
		return strtr( self::well_formed( Values::text( $value ) ), self::ESCAPED );
	}

	/**
	 * As `escape`, for what may be escaped already.
	 *
	 * @param mixed $value Any value.
	 * @return string
	 */
	public static function escape_once( $value ) {
		return self::escape( strtr( Values::text( $value ), array_flip( self::ESCAPED ) ) );
	}

	/**
	 * The text as UTF-8.
	 *
	 * @param string $text Any bytes.
	 * @return string
	 */
	public static function well_formed( $text ) {
		if ( 1 === preg_match( '//u', $text ) ) {
			return $text;
		}
		return htmlspecialchars_decode( htmlspecialchars( $text, ENT_NOQUOTES | ENT_SUBSTITUTE, 'UTF-8' ), ENT_NOQUOTES );
	}

	/**
	 * JSON that cannot end a script element.
	 *
	 * @param mixed $value Plain data.
	 * @return string
	 */
	public static function json( $value ) {
		$json = json_encode( $value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- Nothing here knows WordPress.
		return strtr(
			false === $json ? 'null' : $json,
			array(
				'&' => '\u0026',
				'<' => '\u003c',
				'>' => '\u003e',
			)
		);
	}

	/**
	 * A link to a stylesheet.
	 *
	 * @param mixed $url Address.
	 * @return string
	 */
	public static function stylesheet_tag( $url ) {
		return '<link rel="stylesheet" href="' . self::escape( $url ) . '">'; // phpcs:ignore WordPress.WP.EnqueuedResources -- It stands where the block stands, so that nothing above waits for it.
	}

	/**
	 * The other value in place of nil, false and empty texts and lists.
	 *
	 * @param mixed $value Any value.
	 * @param mixed $other What stands in for it.
	 * @return mixed
	 */
	public static function default_value( $value, $other ) {
		return ! Values::truthy( $value ) || '' === $value || array() === $value ? $other : $value;
	}

	/**
	 * Sum of two numbers.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 */
	public static function plus( $left, $right ) {
		return self::number( $left ) + self::number( $right );
	}

	/**
	 * Difference of two numbers.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 */
	public static function minus( $left, $right ) {
		return self::number( $left ) - self::number( $right );
	}

	/**
	 * Product of two numbers.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 */
	public static function times( $left, $right ) {
		return self::number( $left ) * self::number( $right );
	}

	/**
	 * Quotient; of whole numbers the whole number below.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 * @throws \DivisionByZeroError Without a divisor.
	 */
	public static function divided_by( $left, $right ) {
		$dividend = self::number( $left );
		$divisor  = self::number( $right );
		if ( 0.0 === (float) $divisor ) {
			throw new \DivisionByZeroError( 'Liquid: divided by 0' );
		}
		if ( is_int( $dividend ) && is_int( $divisor ) ) {
			return intdiv( $dividend - self::modulo( $dividend, $divisor ), $divisor );
		}
		return $dividend / $divisor;
	}

	/**
	 * Rest of a division, with the sign of the divisor.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 * @throws \DivisionByZeroError Without a divisor.
	 */
	public static function modulo( $left, $right ) {
		$dividend = self::number( $left );
		$divisor  = self::number( $right );
		if ( 0.0 === (float) $divisor ) {
			throw new \DivisionByZeroError( 'Liquid: divided by 0' );
		}
		if ( is_int( $dividend ) && is_int( $divisor ) ) {
			return ( $dividend % $divisor + $divisor ) % $divisor;
		}
		return fmod( fmod( $dividend, $divisor ) + $divisor, $divisor );
	}

	/**
	 * The larger one of two numbers.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 */
	public static function at_least( $left, $right ) {
		return max( self::number( $left ), self::number( $right ) );
	}

	/**
	 * The smaller one of two numbers.
	 *
	 * @param mixed $left  Number.
	 * @param mixed $right Number.
	 * @return int|float
	 */
	public static function at_most( $left, $right ) {
		return min( self::number( $left ), self::number( $right ) );
	}

	/**
	 * A number, or the number that a text says; 0 for anything else.
	 *
	 * @param mixed $value Any value.
	 * @return int|float
	 */
	public static function number( $value ) {
		if ( is_int( $value ) ) {
			return $value;
		}
		if ( is_float( $value ) ) {
			return floor( $value ) === $value && abs( $value ) < 1e15 ? (int) $value : $value;
		}
		if ( is_string( $value ) ) {
			$text = self::strip( $value );
			return preg_match( '/^[+-]?\d+(?:\.\d+)?$/D', $text ) ? self::number( 0 + $text ) : 0;
		}
		return true === $value ? 1 : 0;
	}

	/**
	 * Seconds since 1970 of `now` or a time in ISO 8601, as text; what is no time stays as it is.
	 *
	 * @param mixed $value Time.
	 * @return mixed
	 */
	public static function timestamp( $value ) {
		if ( 'now' === $value || 'today' === $value ) {
			return (string) time();
		}
		if ( is_int( $value ) || is_float( $value ) ) {
			return (string) (int) $value;
		}
		$time = is_string( $value ) && '' !== $value ? date_create_immutable( $value, new \DateTimeZone( 'UTC' ) ) : false;
		return $time ? $time->format( 'U' ) : $value;
	}

	/**
	 * Two texts, one after the other.
	 *
	 * @param mixed $left  First.
	 * @param mixed $right Second.
	 * @return string
	 */
	public static function append( $left, $right ) {
		return Values::text( $left ) . Values::text( $right );
	}

	/**
	 * Two texts, the other one first.
	 *
	 * @param mixed $left  Second.
	 * @param mixed $right First.
	 * @return string
	 */
	public static function prepend( $left, $right ) {
		return Values::text( $right ) . Values::text( $left );
	}

	/**
	 * Every occurrence of a text replaced by another.
	 *
	 * @param mixed $value       Text.
	 * @param mixed $pattern     What is looked for.
	 * @param mixed $replacement What comes in its place.
	 * @return string
	 */
	public static function replace( $value, $pattern, $replacement ) {
		return str_replace( Values::text( $pattern ), Values::text( $replacement ), Values::text( $value ) );
	}

	/**
	 * Characters of a text or entries of a list from one place on; places below 0 count from the end.
	 *
	 * @param mixed $value  Text or list.
	 * @param mixed $begin  First place, from 0 on.
	 * @param mixed $length How many.
	 * @return array|string
	 */
	public static function slice( $value, $begin, $length = 1 ) {
		$begin   = (int) self::number( $begin );
		$length  = (int) self::number( $length );
		$is_text = is_scalar( $value );
		$entries = $is_text ? self::split( $value, '' ) : Values::listed( Values::items( $value ) );
		$found   = $length < 0 || -$begin > count( $entries ) ? array() : array_slice( $entries, $begin, $length );
		return $is_text ? implode( '', $found ) : $found;
	}

	/**
	 * Parts of a text between separators, without empty ones at the end.
	 *
	 * @param mixed $value     Text.
	 * @param mixed $separator Separator; '' = every character.
	 * @return string[]
	 */
	public static function split( $value, $separator ) {
		$text  = Values::text( $value );
		$by    = Values::text( $separator );
		$parts = '' === $by ? (array) preg_split( '//u', self::well_formed( $text ), -1, PREG_SPLIT_NO_EMPTY ) : explode( $by, $text );
		while ( $parts && '' === end( $parts ) ) {
			array_pop( $parts );
		}
		return $parts;
	}

	/**
	 * The text without white space around it.
	 *
	 * @param mixed $value Text.
	 * @return string
	 */
	public static function strip( $value ) {
		$text = trim( Values::text( $value ), "\t\n\x0B\f\r " );
		if ( '' === $text || ( ord( $text[0] ) < 0x80 && ord( substr( $text, -1 ) ) < 0x80 ) ) {
			return $text;
		}
		$text = (string) preg_replace( '/^' . Values::SPACE . '++/', '', $text );
		// From the end on, so that a long text is not searched for every space in it.
		while ( '' !== $text && preg_match( '/' . Values::SPACE . '$/D', substr( $text, -3 ), $space ) ) {
			$text = substr( $text, 0, -strlen( $space[0] ) );
		}
		return $text;
	}

	/**
	 * First entry of a list; nil for anything else.
	 *
	 * @param mixed $value List.
	 * @return mixed
	 */
	public static function first( $value ) {
		foreach ( is_string( $value ) ? array() : Values::items( $value ) as $entry ) {
			return $entry;
		}
		return null;
	}

	/**
	 * Last entry of a list; nil for anything else.
	 *
	 * @param mixed $value List.
	 * @return mixed
	 */
	public static function last( $value ) {
		$entries = is_string( $value ) ? array() : Values::listed( Values::items( $value ) );
		return $entries ? end( $entries ) : null;
	}

	/**
	 * Two lists as one.
	 *
	 * @param mixed $value List.
	 * @param mixed $more  List.
	 * @return array
	 */
	public static function concat( $value, $more ) {
		return array_merge( Values::listed( Values::items( $value ) ), Values::listed( Values::items( $more ) ) );
	}

	/**
	 * Entries of a list whose property is a value.
	 *
	 * @param mixed  $value    List.
	 * @param string $property Name.
	 * @param mixed  $expected Value.
	 * @return array
	 */
	public static function where( $value, $property, $expected ) {
		$found = array();
		foreach ( Values::items( $value ) as $entry ) {
			if ( Values::equals( Values::get( $entry, $property ), $expected ) ) {
				$found[] = $entry;
			}
		}
		return $found;
	}
}
