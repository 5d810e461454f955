<?php
/**
 * Our page below the menu of WooCommerce.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * A native page: forms of WordPress and figures by API, no frame.
 */
final class Page {

	const SLUG = 'trellis';

	/**
	 * Hooks menu, links and styles in.
	 */
	public static function start() {
		add_action( 'admin_menu', array( __CLASS__, 'menu' ), 60 );
		add_filter( 'plugin_action_links_' . plugin_basename( TRELLIS_WOOCOMMERCE_FILE ), array( __CLASS__, 'links' ) );
	}

	/**
	 * The page's menu entry.
	 */
	public static function menu() {
		$hook = add_submenu_page( 'woocommerce', __( 'Trellis', 'trellis-for-woocommerce' ), __( 'Trellis', 'trellis-for-woocommerce' ), 'manage_woocommerce', self::SLUG, array( __CLASS__, 'show' ) ); // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
		add_action( 'admin_print_styles-' . $hook, array( __CLASS__, 'styles' ) );
	}

	/**
	 * Its styles and the little script that keeps a running import's figures fresh.
	 */
	public static function styles() {
		wp_enqueue_style( 'trellis-admin', plugins_url( 'admin/admin.css', TRELLIS_WOOCOMMERCE_FILE ), array(), TRELLIS_WOOCOMMERCE_VERSION );
		wp_enqueue_script( 'trellis-admin', plugins_url( 'admin/admin.js', TRELLIS_WOOCOMMERCE_FILE ), array(), TRELLIS_WOOCOMMERCE_VERSION, true );
	}

	/**
	 * In the list of plugins.
	 *
	 * @param string[] $links What stands there.
	 * @return string[]
	 */
	public static function links( $links ) {
		$text = Connection::get() ? __( 'Open', 'trellis-for-woocommerce' ) : __( 'Connect', 'trellis-for-woocommerce' );
		return array_merge( array( '<a href="' . esc_url( self::url() ) . '">' . esc_html( $text ) . '</a>' ), $links );
	}

	/**
	 * Address of the page.
	 *
	 * @param array $query Query fields.
	 */
	public static function url( array $query = array() ) {
		return add_query_arg( array_merge( array( 'page' => self::SLUG ), $query ), admin_url( 'admin.php' ) );
	}

	/**
	 * Prints the page.
	 */
	public static function show() {
		if ( ! current_user_can( 'manage_woocommerce' ) ) { // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
			return;
		}
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- which message or view is shown changes nothing.
		$said = isset( $_GET['said'] ) ? sanitize_key( wp_unslash( $_GET['said'] ) ) : '';
		$view = isset( $_GET['view'] ) ? sanitize_key( wp_unslash( $_GET['view'] ) ) : '';
		// phpcs:enable
		echo '<div class="wrap trellis"><h1>' . esc_html__( 'Trellis', 'trellis-for-woocommerce' ) . '</h1>';
		self::said( $said );
		if ( '' !== Connection::copy_of() ) {
			Copy_View::show();
		} elseif ( null === Connection::get() ) {
			Connect_View::show();
		} elseif ( 'disconnect' === $view ) {
			Disconnect_View::show();
		} else {
			Status_View::show();
			Settings_View::show();
			Disconnect_View::link();
		}
		echo '</div>';
	}

	/**
	 * Opens a form that Actions takes.
	 *
	 * @param string $name  One of Actions::NAMES.
	 * @param string $where Further attributes, already escaped.
	 */
	public static function form( $name, $where = '' ) {
		printf( '<form method="post" action="%s"%s>', esc_url( admin_url( 'admin-post.php' ) ), $where ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- attributes are ours.
		echo '<input type="hidden" name="action" value="' . esc_attr( 'trellis_' . $name ) . '">';
		wp_nonce_field( 'trellis_' . $name, '_wpnonce', true );
	}

	/**
	 * Says what came of the last press.
	 *
	 * @param string $code See Actions::back.
	 */
	private static function said( $code ) {
		$good = array(
			'saved'        => __( 'Settings saved.', 'trellis-for-woocommerce' ),
			'forgotten'    => __( 'This copy is on its own now. The original stays connected.', 'trellis-for-woocommerce' ),
			'disconnected' => __( 'Disconnected. Nothing is sent to Trellis any more, and what Trellis published in this store is being removed.', 'trellis-for-woocommerce' ),
		);
		$bad  = array(
			'not-agreed'         => __( 'Please agree to what is sent first: without it this store cannot be connected.', 'trellis-for-woocommerce' ),
			'bad-address'        => __( 'That is not an address of Trellis. It starts with https:// and has nothing behind the name.', 'trellis-for-woocommerce' ),
			'no-sign-in'         => __( 'Trellis gave no sign-in link just now. Try again in a minute; if it stays so, disconnect and connect again.', 'trellis-for-woocommerce' ),
			'disconnected-alone' => __( 'Disconnected on this side: webhooks and key are deleted and nothing is sent any more. Trellis could not be told, because it did not answer; it notices by itself.', 'trellis-for-woocommerce' ),
		);
		if ( isset( $good[ $code ] ) ) {
			echo '<div class="notice notice-success is-dismissible" role="status"><p>' . esc_html( $good[ $code ] ) . '</p></div>';
		} elseif ( isset( $bad[ $code ] ) ) {
			echo '<div class="notice notice-error is-dismissible" role="alert"><p>' . esc_html( $bad[ $code ] ) . '</p></div>';
		}
	}
}
