<?php
/**
 * What Trellis keeps of a person.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Privacy;

use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Connection;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Exporter of points, rewards, codes, friends and groups: they are kept by the app, which is asked for them.
 */
final class Rewards {

	/**
	 * Everything of an address. Where the app cannot be asked, WordPress says so: a file that lacks half is no answer.
	 *
	 * @param string $email Address.
	 * @return array|WP_Error
	 */
	public static function export( $email ) {
		$told = array();
		if ( null !== Connection::get() && null !== Connection::opted_in() ) {
			$user   = get_user_by( 'email', $email );
			$person = array(
				'customerId' => $user ? (string) $user->ID : null,
				'email'      => $email,
				// The file is for the person, not for who makes it.
				'locale'     => $user ? get_user_locale( $user->ID ) : get_locale(),
			);
			$told   = Client::call( 'POST', '/plugin/woocommerce/person', array(), $person, 15.0 );
		}
		if ( is_wp_error( $told ) ) {
			return $told;
		}
		return array(
			'data' => self::of_groups( isset( $told['groups'] ) && is_array( $told['groups'] ) ? $told['groups'] : array() ),
			'done' => true,
		);
	}

	/**
	 * The app's answer as WordPress takes it.
	 *
	 * @param array $groups Each with id, label and items, which are lists of name and value.
	 * @return array[]
	 */
	private static function of_groups( array $groups ) {
		$data = array();
		foreach ( $groups as $group ) {
			if ( ! isset( $group['id'], $group['label'], $group['items'] ) || ! is_string( $group['id'] ) || ! is_string( $group['label'] ) || ! is_array( $group['items'] ) ) {
				continue;
			}
			foreach ( array_values( $group['items'] ) as $at => $rows ) {
				$texts = self::of_rows( is_array( $rows ) ? $rows : array() );
				if ( $texts ) {
					$data[] = array(
						'group_id'    => 'trellis_' . sanitize_key( $group['id'] ),
						'group_label' => sanitize_text_field( $group['label'] ),
						'item_id'     => 'trellis-' . sanitize_key( $group['id'] ) . '-' . $at,
						'data'        => $texts,
					);
				}
			}
		}
		return $data;
	}

	/**
	 * Names and values as plain text.
	 *
	 * @param array $rows Of one item.
	 * @return array[]
	 */
	private static function of_rows( array $rows ) {
		$texts = array();
		foreach ( $rows as $row ) {
			if ( isset( $row['name'], $row['value'] ) && is_string( $row['name'] ) && is_string( $row['value'] ) ) {
				$texts[] = array(
					'name'  => sanitize_text_field( $row['name'] ),
					'value' => sanitize_text_field( $row['value'] ),
				);
			}
		}
		return $texts;
	}
}
