<?php
/**
 * Widgets in the block editor.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

defined( 'ABSPATH' ) || exit;

/**
 * Registers the blocks; their settings are those of the theme's Liquid schema, their preview is rendered here.
 */
final class Blocks {

	const EDITOR = 'trellis-editor';

	const TYPES = array(
		'checkbox' => 'boolean',
		'range'    => 'integer',
		'product'  => 'integer',
		'text'     => 'string',
	);

	/**
	 * Hooks the blocks in.
	 */
	public static function start() {
		add_action( 'init', array( __CLASS__, 'register' ) );
		add_action( 'rest_api_init', array( __CLASS__, 'register_for_rest' ), 1 );
		add_action( 'enqueue_block_editor_assets', array( __CLASS__, 'describe' ) );
	}

	/**
	 * Registers the blocks. A page of the store prints them and asks nothing else of them; their settings are read and
	 * their files opened in the admin only.
	 */
	public static function register() {
		// What pages ask of themselves counts as the admin, and needs neither files nor settings.
		if ( is_admin() && ! wp_doing_ajax() ) {
			self::register_whole();
			return;
		}
		foreach ( self::names() as $name ) {
			register_block_type( 'trellis/' . $name, self::printed( $name ) );
		}
	}

	/**
	 * The editor asks over REST, where settings are checked. Pages that ask themselves are none of it.
	 */
	public static function register_for_rest() {
		if ( ! defined( 'REST_REQUEST' ) || ! REST_REQUEST || is_admin() ) {
			return;
		}
		foreach ( self::names() as $name ) {
			unregister_block_type( 'trellis/' . $name );
		}
		self::register_whole();
	}

	/**
	 * Registers the blocks with all that the editor has to know, and the editor's script.
	 */
	private static function register_whole() {
		wp_register_script(
			self::EDITOR,
			plugins_url( 'blocks/editor.js', TRELLIS_WOOCOMMERCE_FILE ),
			array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-server-side-render' ),
			TRELLIS_WOOCOMMERCE_VERSION,
			true
		);
		foreach ( self::names() as $name ) {
			register_block_type(
				dirname( TRELLIS_WOOCOMMERCE_FILE ) . '/blocks/' . $name,
				array( 'attributes' => self::attributes( $name ) ) + self::printed( $name )
			);
		}
	}

	/**
	 * Names of all blocks, without ours before them.
	 *
	 * @return string[]
	 */
	private static function names() {
		return array_merge( Widgets::SECTIONS, Widgets::PARTS );
	}

	/**
	 * What printing a block takes.
	 *
	 * @param string $name Widget.
	 * @return array
	 */
	private static function printed( $name ) {
		return array(
			'api_version'     => 3,
			'uses_context'    => array( 'postId', 'postType' ),
			'render_callback' => static function ( $attributes, $content, $block ) use ( $name ) {
				return self::render( $name, $attributes, $block );
			},
		);
	}

	/**
	 * Tells the editor's script names and settings in the language of the admin.
	 */
	public static function describe() {
		$widgets = array();
		foreach ( self::names() as $name ) {
			$schema    = Widgets::schema( $name );
			$widgets[] = array(
				'name'     => 'trellis/' . $name,
				'title'    => $schema['name'],
				'settings' => $schema['settings'],
			);
		}
		$words = array(
			'widgets'   => $widgets,
			'empty'     => __( 'Nothing to show yet: this widget appears where Trellis has something to suggest.', 'trellis-for-woocommerce' ),
			'productId' => __( 'Number of the product (empty = the page\'s product)', 'trellis-for-woocommerce' ),
		);
		wp_add_inline_script( self::EDITOR, 'window.trellisEditor = ' . wp_json_encode( $words, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
	}

	/**
	 * HTML of a block. One beside a product in a list of products, or in the template of one, belongs to that product.
	 *
	 * @param string    $name       Widget.
	 * @param array     $attributes Chosen settings.
	 * @param \WP_Block $block      The block, for its surroundings.
	 * @return string
	 */
	private static function render( $name, array $attributes, $block ) {
		$near    = isset( $block->context['postId'] ) ? wc_get_product( (int) $block->context['postId'] ) : null;
		$align   = isset( $attributes['align'] ) ? $attributes['align'] : '';
		$chosen  = array_diff_key( $attributes, array_flip( array( 'align', 'className' ) ) );
		$html    = Widgets::html( $name, $chosen, $near ? $near : null );
		$classes = 'wide' === $align || 'full' === $align ? ' align' . $align : '';
		return '' === $html ? '' : '<div class="wp-block-trellis' . $classes . '">' . $html . '</div>';
	}

	/**
	 * Attributes of a block, from its settings. None has a default here: what nobody chose is left to the template.
	 *
	 * @param string $name Widget.
	 * @return array
	 */
	private static function attributes( $name ) {
		$attributes = array( 'align' => array( 'type' => 'string' ) );
		if ( in_array( $name, Widgets::SECTIONS, true ) ) {
			foreach ( Runtime\Schemas::of( $name )['settings'] as $setting ) {
				$attributes[ $setting['id'] ] = array( 'type' => isset( self::TYPES[ $setting['type'] ] ) ? self::TYPES[ $setting['type'] ] : 'string' );
			}
		}
		return $attributes;
	}
}
